// What pages do better with a script. Every page works without it, and nothing here needs more than 'self' in the CSP.
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  document.documentElement.classList.add("med-skript");

  // What a note on this machine was not saved in half a day (direkte.js keeps it) is not left lying for the next who sits here.
  try {
    const old = (text) => !(JSON.parse(text)?.tid > Date.now() - 12 * 3_600_000);
    Object.keys(localStorage).filter((k) => k.startsWith("utkast ") && old(localStorage.getItem(k))).forEach((k) => localStorage.removeItem(k));
  } catch { /* No storage, nothing kept. */ }

  // Says a text to screen readers, also when it is the same as last time.
  const announce = (text) => {
    const region = one("#kunngjoring");
    if (!region || !text) return;
    region.textContent = "";
    setTimeout(() => { region.textContent = text.replace(/\s+/g, " ").trim(); }, 150);
  };

  // A form is sent once; coming back by the back button frees it again.
  const free = (form) => {
    delete form.dataset.sendt;
    form.querySelectorAll('[aria-busy="true"]').forEach((button) => button.removeAttribute("aria-busy"));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || "gjenta" in form.dataset) return;
    if (form.dataset.sendt) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sendt = "ja";
    event.submitter?.setAttribute("aria-busy", "true");
  }, true);
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sendt]").forEach(free));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (form) free(form);
  });

  // What a script could not save is sent again as without script, so that the server's own words are seen. A note (direkte.js) says
  // so itself and stays.
  const failed = (event) => {
    const form = event.target.closest?.("form");
    if (form && !("utkast" in form.dataset) && event.detail.xhr?.status >= 400) {
      const again = Object.assign(document.createElement("form"), { method: "post", action: form.action, hidden: true });
      for (const [name, value] of event.detail.requestConfig.formData) {
        again.append(Object.assign(document.createElement("input"), { name, value }));
      }
      document.body.append(again);
      again.submit();
    }
  };
  document.addEventListener("htmx:responseError", failed);

  // The sum of minutes while one types; the server has the last word.
  const sum = (form) => {
    const output = one("[data-sum]", form);
    if (!output) return;
    const clock = (at) => `${String(Math.floor(at / 60) % 24).padStart(2, "0")}.${String(at % 60).padStart(2, "0")}`;
    const start = (form.dataset.start ?? "0:0").split(":").reduce((hours, part) => hours * 60 + Number(part), 0);
    const clocks = form.querySelectorAll("[data-klokke]");
    const minutes = [...form.querySelectorAll("[data-minutter]")].reduce((all, input, i) => {
      const after = all + (parseInt(input.value, 10) || 0);
      if (clocks[i]) clocks[i].textContent = `${clock(start + all)}–${clock(start + after)}`;
      return after;
    }, 0);
    const least = Number(output.dataset.krav);
    one("strong", output).textContent = `${minutes} minutter`;
    output.toggleAttribute("data-for-kort", minutes < least);
  };
  document.addEventListener("input", (event) => {
    const form = event.target.matches("[data-minutter]") && event.target.closest("[data-minuttsum]");
    if (form) sum(form);
  });

  // What has come into the page, at load or by htmx: errors take the focus, news are said.
  const arrived = (root) => {
    one("#feiloppsummering", root)?.focus();
    root.querySelectorAll("form[data-minuttsum]").forEach(sum);
    const news = root.matches?.("[data-kunngjor]") ? root : one("[data-kunngjor]", root);
    announce(news?.dataset.kunngjor);
  };
  let held = null; // what had the focus in what is swapped away, and whether it showed it
  document.addEventListener("htmx:beforeSwap", (event) => {
    const at = document.activeElement;
    held = event.detail.target.contains(at) ? { shown: at.matches(":focus-visible") } : null;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const root = event.detail.elt ?? event.target;
    arrived(root);
    // The button one pressed may be gone: then one stands at the heading of what has come, and not at the top of the page.
    const heading = held && document.activeElement === document.body && one("h1, h2, h3", root);
    if (heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: !held.shown });
    }
  });

  // Sorting. A move is the same form as without script; the answer's section takes the place of ours.
  const move = async (section, form, data, focus) => {
    if (section.getAttribute("aria-busy") === "true") return;
    section.setAttribute("aria-busy", "true");
    const item = form.closest("[data-punkt]") ?? document.getElementById(form.dataset.flytt);
    const name = item.dataset.navn ?? "Punktet";
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(data), headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(section.id);
      if (!answer.ok || !fresh) throw new Error(answer.statusText);
      section.replaceWith(document.adoptNode(fresh));
      window.htmx?.process(fresh);
      const landed = document.getElementById(item.id);
      const items = [...fresh.querySelectorAll("[data-punkt]")];
      announce(`${name} er nå nummer ${items.indexOf(landed) + 1} av ${items.length}.`);
      const buttons = [...(landed?.querySelectorAll("[data-retning]") ?? [])];
      (buttons.find((button) => button.dataset.retning === focus) ?? buttons[0])?.focus();
    } catch {
      // Sent as without script, so that the server's own words are seen; its key keeps it from counting twice.
      const plass = form.appendChild(document.createElement("input"));
      Object.assign(plass, { type: "hidden", name: "plass", value: data.get("plass") });
      form.submit();
    }
  };
  document.addEventListener("submit", (event) => {
    const section = event.target.closest("[data-sorterbar]");
    if (!section || !("flytt" in event.target.dataset) || event.defaultPrevented) return;
    event.preventDefault();
    move(section, event.target, new FormData(event.target, event.submitter), event.submitter?.dataset.retning);
  });
  document.addEventListener("keydown", (event) => {
    const way = { ArrowUp: "opp", ArrowDown: "ned" }[event.key];
    const item = event.altKey && way && event.target.closest("[data-sorterbar] [data-punkt]");
    if (!item) return;
    event.preventDefault();
    one(`[data-retning="${way}"]`, item)?.click();
  });

  // Drag with mouse, pen or finger: the list follows the hand, and letting go sends the form.
  document.addEventListener("pointerdown", (event) => {
    const handle = event.button === 0 && event.target.closest("[data-handtak]");
    const section = handle && handle.closest("[data-sorterbar]");
    if (!section || section.getAttribute("aria-busy") === "true") return;
    event.preventDefault();
    const item = handle.closest("[data-punkt]");
    const list = item.parentElement;
    const items = () => [...list.querySelectorAll(":scope > [data-punkt]")];
    const from = items().indexOf(item);
    const after = item.nextElementSibling;
    item.dataset.dras = "ja";
    const drag = (at) => {
      const next = items().find((other) => other !== item && at.clientY < other.getBoundingClientRect().top + other.offsetHeight / 2);
      if ((next ?? null) !== item.nextElementSibling) list.insertBefore(item, next ?? null);
    };
    const done = (at) => {
      document.removeEventListener("pointermove", drag);
      document.removeEventListener("pointerup", done);
      document.removeEventListener("pointercancel", done);
      delete item.dataset.dras;
      const to = items().indexOf(item);
      const form = one("form[data-flytt]", item);
      if (at.type === "pointercancel" || !form) {
        list.insertBefore(item, after);
      } else if (to !== from) {
        const data = new FormData(form);
        data.set("plass", String(to + 1));
        move(section, form, data);
      }
    };
    document.addEventListener("pointermove", drag);
    document.addEventListener("pointerup", done);
    document.addEventListener("pointercancel", done);
  });

  arrived(document.documentElement);
  announce(one("[data-flash]")?.textContent);
})();
