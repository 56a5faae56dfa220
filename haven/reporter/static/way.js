// The way to sending, for browsers with JavaScript. Without it every step is an ordinary form, and works just as well,
// but the browser's own Back button then asks whether to send a form again, which frightens. Here each step replaces the
// page in place, so that the history keeps one neutral line and Back goes to the page before, with every answer.
"use strict";
(() => {
  const form = document.getElementById("way");
  if (!form) return;
  const press = (value) => form.querySelector(`button[name=do][value=${value}]`);
  const sealed = () => form.elements.state.value;
  const isFirst = !press("back") && !form.hasAttribute("data-sent");
  let busy = false;

  // ── One step: send the form, and write the answer where the page was ──
  async function step(submitter, action) {
    if (busy) return false;
    busy = true;
    form.setAttribute("aria-busy", "true");
    const posted = new FormData(form);
    posted.set("do", submitter);
    try {
      const answer = await fetch(action || form.action, { method: "POST", body: posted });
      show(await answer.text(), answer.url);
      return true;
    } catch {
      offline();
      return false;
    } finally {
      busy = false;
      form.removeAttribute("aria-busy");
    }
  }

  function show(page, address) {
    window.stepped = true;
    history.replaceState(history.state, "", address);
    document.open();
    document.write(page);
    document.close();
  }

  // The words stay where they are; the sentence comes with the page, in its language.
  function offline() {
    const says = document.getElementById("offline");
    says.hidden = false;
    says.focus();
  }

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.target !== form || event.defaultPrevented || !button || button.hasAttribute("data-file")) return;
    event.preventDefault();
    step(button.value, button.getAttribute("formaction"));
  });

  // ── Back and forward: one entry under ours, so that Back comes to us first ──
  if (!isFirst) {
    if (history.state && history.state.way) history.replaceState({ way: sealed() }, "");
    else history.pushState({ way: sealed() }, "");
  }
  window.addEventListener("popstate", () => {
    const ahead = Boolean(history.state && history.state.way);
    if (form.hasAttribute("data-sent")) location.replace(form.action);
    else if (!ahead && !isFirst) step("back").then((went) => { if (!went) history.forward(); });
    else if (ahead && isFirst) step("next");
  });

  // Somebody who followed a link and comes back finds the page again. What was typed is sealed before the link is followed.
  if (isFirst && !window.stepped && history.state && history.state.way) {
    form.elements.state.value = history.state.way;
    step("open");
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || isFirst || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.target || "leave" in link.dataset || link.protocol !== location.protocol || link.hash) return;
    event.preventDefault();
    step("stay").then(() => { location.href = link.href; });
  });

  // Who leaves by the button leaves nothing behind: no words on the page, no form in the history.
  new MutationObserver(() => {
    if (!document.documentElement.classList.contains("leaving")) return;
    history.replaceState(null, "");
    form.remove();
  }).observe(document.documentElement, { attributeFilter: ["class"] });
  window.addEventListener("pageshow", (event) => { if (event.persisted && !form.isConnected) location.reload(); });

  // A new page begins at its heading, for eyes and for screen readers.
  if (window.stepped && !document.getElementById("errors")) {
    const heading = document.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
})();
