// Passkeys: the browser's own functions do the work. Without JavaScript the form stays hidden and a code is asked for.
"use strict";

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const able = window.PublicKeyCredential?.parseRequestOptionsFromJSON;
  if (!able) continue;
  form.hidden = false;
  const trouble = form.querySelector("[role=alert][hidden]");
  const data = JSON.parse(form.querySelector("script[type='application/json']").textContent);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    try {
      const credential = form.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(data.creation_options.publicKey) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(data.request_options.publicKey) });
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
}
