// The time of the element that is under way: its words change once a minute, in silence, until the time is out.
(() => {
  "use strict";
  const seen = new WeakMap(); // when each clock came into the page
  const minutes = (n) => `${n} ${n === 1 ? "minutt" : "minutter"}`;
  const left = (used, planned) => {
    if (used < planned) return `${minutes(planned - used)} igjen`;
    return used === planned ? "Tiden er ute" : `${minutes(used - planned)} over tiden`;
  };
  const say = (part, words) => {
    if (part && part.textContent !== words) part.textContent = words;
  };
  let told = null;
  const tick = () => {
    document.querySelectorAll("[data-klokke-brukt]").forEach((clock) => {
      if (!seen.has(clock)) seen.set(clock, Date.now());
      const used = Math.floor((Number(clock.dataset.klokkeBrukt) + (Date.now() - seen.get(clock)) / 1000) / 60);
      const planned = Number(clock.dataset.klokkeMinutter);
      say(clock.querySelector("[data-igjen]"), left(used, planned));
      say(clock.querySelector("[data-brukt]"), `Brukt ${used} av ${planned} minutter`);
      const over = used >= planned;
      clock.toggleAttribute("data-ute", over);
      // Said once for each element, and only when it happens while one looks on.
      if (over && told !== clock.dataset.klokke && Number(clock.dataset.klokkeBrukt) < planned * 60) {
        told = clock.dataset.klokke;
        const region = document.querySelector("#kunngjoring");
        if (region) region.textContent = `Tiden er ute: ${clock.dataset.klokkeNavn}`;
      }
    });
  };
  tick();
  setInterval(tick, 5000);

  // On the wall the arrow keys lead from element to element.
  document.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey || !document.querySelector("[data-piltaster]")) return;
    document.querySelector(`a[rel="${way}"]`)?.click();
  });
})();
