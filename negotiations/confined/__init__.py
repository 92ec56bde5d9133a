"""What reads strangers' documents, in a process of its own that may be killed.

`process.py` is started by `negotiations/confinement.py`. Modules here import each other and
packages, and nothing else of ours: no Django, no settings, no models.
"""
