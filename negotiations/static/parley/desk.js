// The desk's scripts. Every page works without them; they save steps where they run.
