"use strict";
// Completion of terms in the editor: by their prefixed names, or by the words that they are called by.
site.completion = (() => {
  const MOST = 40;
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // Returns what can be written: prefixes, classes and properties, then all that has a page.
  function offers(prefixes) {
    const write = (iri) => {
      const [prefix, namespace] = prefixes.find(([, each]) => iri.startsWith(each)) ?? [];
      const rest = namespace && iri.slice(namespace.length);
      return rest && /^[\w-]+$/.test(rest) ? `${prefix}:${rest}` : `<${iri}>`;
    };
    return [
      ...prefixes.map(([prefix, namespace]) => ({ text: `${prefix}:`, title: namespace })),
      ...site.terms.map(([text, title]) => ({ text, title })),
      ...site.labels.known.map(({ iri, title }) => ({ text: write(iri), title })),
    ].map((offer) => ({ ...offer, names: `${offer.text.replace(":", " ")} ${offer.title}`.split(/[\s/#<]+/).map(folded), key: folded(offer.text) }));
  }

  // Returns what begins with a text, with its capital letters first, then names that do, and then what is called so.
  function find(all, typed) {
    const [, prefix, word] = folded(typed).match(/^([\w-]*:)?(.*)$/);
    const ranks = [
      ({ text }) => text.startsWith(typed),
      ({ key }) => key.startsWith(folded(typed)),
      ({ key }) => word.length > 1 && key.startsWith(prefix ?? "") && key.slice(key.indexOf(":") + 1).startsWith(word),
      ({ key, names }) => word.length > 1 && key.startsWith(prefix ?? "") && names.some((name) => name.startsWith(word)),
    ];
    return [...new Set(ranks.flatMap((fits) => all.filter(fits)))].slice(0, MOST);
  }

  return { find, offers };
})();
