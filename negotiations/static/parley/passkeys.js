// Says so on the page when a passkey was not used; allauth's scripts tell the console only.
document.addEventListener("allauth.error", (event) => {
  const said = document.getElementById("passkey-failed");
  if (said) {
    event.preventDefault();
    said.hidden = false;
  }
});
