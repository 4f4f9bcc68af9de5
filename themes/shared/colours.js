// The choice of light, dark or sepia: it is kept in the browser, and taken before anything is painted. Without scripts, it
// holds for the page on which it is made.
(() => {
  "use strict";
  const root = document.documentElement, usual = root.dataset.colours || "automatic";
  const take = (choice) => { root.dataset.colours = choice || usual; };
  const kept = () => { try { return localStorage.getItem("postil-colours"); } catch { return null; } };
  take(kept());
  root.dataset.scripts = "";
  document.addEventListener("DOMContentLoaded", () => {
    const select = document.getElementById("colours");
    if (!select) return;
    const show = () => { select.value = root.dataset.colours; };
    show();
    select.addEventListener("change", () => {
      take(select.value);
      try { localStorage.setItem("postil-colours", select.value); } catch { /* the choice holds for this page */ }
    });
    // Other pages of the site that are open follow.
    addEventListener("storage", () => { take(kept()); show(); });
    addEventListener("pageshow", () => { take(kept() || root.dataset.colours); show(); });
  });
})();
