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

  // Returns how well an offer fits what is typed: 0 is best; infinite if it does not.
  function rank({ text, title, names, key }, typed, prefix, word) {
    if (text.startsWith(typed)) return 0;
    if (key.startsWith(prefix + word)) return 1;
    if (word.length < 2 || !key.startsWith(prefix)) return Infinity;
    if (folded(title).startsWith(word)) return 2;
    return names.some((name) => name.startsWith(word)) ? 3 : Infinity;
  }

  // Returns what begins with a text, in its spelling first, then what is called by a word that does.
  function find(all, typed) {
    const [, prefix = "", word] = folded(typed).match(/^([\w-]*:)?(.*)$/);
    const ranks = new Map(all.map((offer) => [offer, rank(offer, typed, prefix, word)]));
    return all.filter((offer) => ranks.get(offer) < Infinity).sort((one, other) => ranks.get(one) - ranks.get(other)).slice(0, MOST);
  }

  return { find, offers };
})();
