"use strict";
// The code that shows a picture elsewhere: where the site has no address of its own, that of the reader.
(() => {
  const here = new URL(".", location.href).href;
  for (const details of document.querySelectorAll(".embed[hidden]")) {
    const code = details.querySelector("code");
    code.textContent = code.textContent.replaceAll('="./', `="${here}`);
    details.hidden = false;
  }
})();
