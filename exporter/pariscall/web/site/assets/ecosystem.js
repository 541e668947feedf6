"use strict";
// Parties and calls: a reader chooses a call or a category, and a dot leads to the page of its party.
(() => {
  const form = document.getElementById("ecosystem-choice");
  const [call, category, told] = ["call", "category", "told"].map((id) => document.getElementById(`ecosystem-${id}`));
  const drawings = [...document.querySelectorAll(".ecosystem")];

  function choose() {
    for (const drawing of drawings) {
      let number = 0;
      for (const dots of drawing.querySelectorAll(".dots")) {
        const isMeant = (!call.value || dots.dataset.calls.split(" ").includes(call.value))
          && (!category.value || dots.dataset.category === category.value);
        dots.classList.toggle("dim", !isMeant);
        number += isMeant ? dots.childElementCount : 0;
      }
      told.textContent = form.dataset.told.replace("{number}", number.toLocaleString(form.dataset.lang));
    }
  }

  for (const drawing of drawings) {
    drawing.addEventListener("click", ({ target }) => {
      const page = target.closest("[data-page]")?.dataset.page;
      if (page) location.href = `${page}${form.dataset.suffix}`;
    });
  }
  form.addEventListener("input", choose);
  form.hidden = false;
  choose(); // a browser may have kept a choice
})();
