"use strict";
// What the IRIs of the data are called: whatever has a page has a name there.
const BASE = "https://w3id.org/mscall/";
const COUNTRY = "http://publications.europa.eu/resource/authority/country/";

site.labels = (() => {
  const CODES = "https://w3id.org/mscall/code/"; // in every project
  const places = { country: COUNTRY, code: CODES };
  // A code is told from those of other lists by the list before its #.
  const known = site.search.records.filter(([address]) => !/^(ns#|question\/)/.test(address)).map(([address, title]) => {
    const [, top, rest] = address.match(/^(\w+)\/?(.*)$/);
    return { folder: address.replace(/(#|\/)[^#/]*$/, ""), title, iri: top in places ? places[top] + rest : BASE + address };
  });
  const titles = new Map(known.map(({ iri, title }) => [iri, title]));
  const folders = new Map(known.map(({ iri, folder }) => [iri, folder]));
  return { folders, known, titles };
})();
