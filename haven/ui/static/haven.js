// Small help for those who have it. Every page works without this file.
"use strict";
(() => {
  const SHIFTS = 3, PATIENCE = 5000, PRESSED_TWICE = 2000;
  const all = (where) => document.querySelectorAll(where);

  // ── Leaving at once: by the button, by the link after the skip link, or by Shift, Shift, Shift ──
  const box = document.querySelector("[data-leave-box]");

  function leaving() {
    const button = box.querySelector("[data-leave]");
    const says = box.querySelector("[data-leave-says]");
    const lights = box.querySelector(".lights");
    let presses = 0, modified = false, timer, quiet, page;

    const announce = (text) => { says.textContent = text; };

    function show() {
      lights.classList.toggle("on", presses > 0);
      [...lights.children].forEach((light, place) => light.classList.toggle("on", place < presses));
    }

    function startOver() {
      clearTimeout(timer);
      timer = undefined;
      presses = 0;
      show();
    }

    function expire() {
      startOver();
      announce(box.dataset.expired);
      quiet = setTimeout(() => announce(""), PATIENCE);
    }

    // The page stays in the history, so that Back returns to it.
    function leave(event) {
      if (event) event.preventDefault();
      announce("");
      document.documentElement.classList.add("leaving");
      page = document.createElement("div");
      page.className = "leave-page";
      page.setAttribute("role", "alert");
      document.body.append(page);
      page.textContent = box.dataset.going;
      window.location.href = button.href;
    }

    // Shift used as a modifier lets go twice: first the other key, with Shift still down, then Shift itself.
    function keyUp(event) {
      if (event.key === "Shift" && !modified) {
        clearTimeout(timer);
        clearTimeout(quiet);
        presses += 1;
        show();
        if (presses >= SHIFTS) { startOver(); leave(); return; }
        announce(presses === 1 ? box.dataset.two : box.dataset.one);
        timer = setTimeout(expire, PATIENCE);
      } else if (timer) {
        startOver();
        announce("");
      }
      modified = event.shiftKey;
    }

    function cameBack() {
      document.documentElement.classList.remove("leaving");
      if (page) page.remove();
      clearTimeout(quiet);
      announce("");
      startOver();
    }

    all("[data-leave]").forEach((link) => link.addEventListener("click", leave));
    button.addEventListener("keydown", (event) => { if (event.key === " ") leave(event); });
    document.addEventListener("keyup", keyUp);
    window.addEventListener("pageshow", cameBack);
  }

  if (box) leaving();

  // ── Copy and print: shown only where they work ──
  function tell(button, text) {
    const says = button.parentElement.querySelector("[data-says]");
    const before = button.dataset.label || (button.dataset.label = button.textContent);
    button.textContent = text;
    if (says) says.textContent = text;
    setTimeout(() => { button.textContent = before; if (says) says.textContent = ""; }, 2500);
  }

  all("[data-copy]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const text = document.getElementById(button.dataset.copy).textContent.trim();
      navigator.clipboard.writeText(text).then(() => tell(button, button.dataset.done), () => {});
    });
  });

  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  // ── A button pressed twice sends once. After two seconds it may be tried again: an answer can get lost ──
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || event.defaultPrevented || event.target.method !== "post") return;
    if (button.getAttribute("aria-disabled") === "true") { event.preventDefault(); return; }
    button.setAttribute("aria-disabled", "true");
    setTimeout(() => button.removeAttribute("aria-disabled"), PRESSED_TWICE);
  });
  window.addEventListener("pageshow", () => all("button[aria-disabled]").forEach((one) => one.removeAttribute("aria-disabled")));

  // ── A form that came back: start where it says what to look at ──
  const errors = document.getElementById("errors");
  if (errors) errors.focus();
})();
