// The way to sending, for browsers with JavaScript. Without it every step is an ordinary form, and works just as well,
// but the browser's own Back button then asks whether to send a form again, which frightens. Here each step replaces the
// page in place, so that the history keeps one neutral line and Back goes to the page before, with every answer.
"use strict";
(() => {
  const form = document.getElementById("way");
  if (!form) return;
  const press = (value) => form.querySelector(`button[name=do][value=${value}]`);
  const sealed = () => form.elements.state.value;
  const isSent = form.hasAttribute("data-sent");
  const isKept = form.hasAttribute("data-kept"); // stopped for now: nothing of it stays in the history
  const isFirst = !press("back") && !isSent && !isKept;
  let busy = false;

  // ── One step: send the form, and write the answer where the page was ──
  async function step(button, action) {
    const answer = await send(button, action);
    if (answer) show(answer.page, answer.url);
    return Boolean(answer);
  }

  // What came back, or nothing when it did not get through: then the page and its words stay as they are.
  async function send(button, action) {
    if (busy) return null;
    busy = true;
    form.setAttribute("aria-busy", "true");
    const posted = new FormData(form);
    posted.set("do", button);
    try {
      const answer = await fetch(action || form.action, { method: "POST", body: posted });
      const page = await answer.text();
      const isOurs = answer.status < 500 || page.includes('name="state"');
      if (answer.status === 413) tell("too-much");
      else if (isOurs) return { page, url: answer.url };
      else tell("offline");
    } catch {
      tell("offline");
    } finally {
      busy = false;
      form.removeAttribute("aria-busy");
    }
    return null;
  }

  function show(page, address) {
    window.stepped = true;
    history.replaceState(history.state, "", address);
    document.open();
    document.write(page);
    document.close();
  }

  // The words stay where they are; the sentence comes with the page, in its language.
  function tell(key) {
    const says = document.getElementById(key);
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
  if (isKept) history.replaceState(null, "");
  else if (!isFirst) {
    const here = { way: sealed(), again: isSent ? "resend" : "open" };
    if (history.state && history.state.way) history.replaceState(here, "");
    else history.pushState(here, "");
  }
  window.addEventListener("popstate", () => {
    const ahead = Boolean(history.state && history.state.way);
    if (isSent || isKept) location.replace(form.action);
    else if (!ahead && !isFirst) step("back").then((went) => { if (!went) history.forward(); });
    else if (ahead && isFirst) step("next");
  });

  // Who followed a link and comes back, or loads the page again, finds it as it was: what was typed is sealed before the
  // link is followed. Once sent, a link leaves nothing of it in the history.
  if (isFirst && !window.stepped && history.state && history.state.way) {
    form.elements.state.value = history.state.way;
    step(history.state.again);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || isFirst || isKept || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.target || "leave" in link.dataset || link.protocol !== location.protocol || link.hash) return;
    if (isSent) {
      history.replaceState(null, "");
      return;
    }
    event.preventDefault();
    send("stay").then((answer) => {
      if (!answer) return;
      const kept = new DOMParser().parseFromString(answer.page, "text/html").querySelector("input[name=state]");
      if (kept) history.replaceState({ way: kept.value, again: "open" }, "");
      location.href = link.href;
    });
  });

  // Who leaves by the button leaves nothing behind: no words on the page, no form in the history.
  new MutationObserver(() => {
    if (!document.documentElement.classList.contains("leaving")) return;
    history.replaceState(null, "");
    form.remove();
  }).observe(document.documentElement, { attributeFilter: ["class"] });
  window.addEventListener("pageshow", (event) => { if (event.persisted && !form.isConnected) location.reload(); });

  // Very many are sending: who works for a moment goes first. Without it the page says in how many seconds to press.
  async function work(bits) {
    const turn = form.elements.turn.value;
    const text = new TextEncoder();
    for (let proof = 0; form.isConnected && !busy; proof += 1) {
      const hash = await crypto.subtle.digest("SHA-256", text.encode(`${turn}:${proof}`));
      if (new DataView(hash).getUint32(0) >>> (32 - bits) !== 0) continue;
      form.elements.proof.value = proof;
      step("send");
      return;
    }
  }
  if (form.dataset.work && window.crypto && crypto.subtle) work(Number(form.dataset.work));

  // A new page begins at its heading, for eyes and for screen readers.
  if (window.stepped && !document.getElementById("errors")) {
    const heading = document.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
})();
