// Validates data against shapes: node validate.mjs ENGINE SHAPES.nt DATA.nt ...
// Prints a JSON array of one report for each file of data, in N-Triples.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import n3 from 'n3'

const { DataFactory, Parser, Store, Writer } = n3
const require = createRequire(import.meta.url)
const factory = { ...DataFactory, dataset: quads => new Store(quads) }

const engines = {
  async 'shacl-engine' (shapes) {
    assembleComunicaOnce()
    const { Validator } = await import('shacl-engine')
    const { targetResolvers, validations } = await import('shacl-engine/sparql.js')
    const validator = new Validator(shapes, { factory, targetResolvers, validations })
    return (dataset) => validator.validate({ dataset })
  },
  async 'rdf-validate-shacl' (shapes) {
    const { default: Validator } = await import('rdf-validate-shacl')
    const validator = new Validator(shapes)
    return (dataset) => validator.validate(dataset)
  }
}

// shacl-engine assembles an engine of SPARQL for each node and constraint, which takes it most of its time.
function assembleComunicaOnce () {
  const path = require.resolve('@comunica/query-sparql-rdfjs-lite/engine-default.js')
  const assembled = require(path)()
  require.cache[path].exports = () => assembled
}

function read (path) {
  const quads = new Parser({ format: 'N-Triples' }).parse(readFileSync(path, 'utf8'))
  return new Store(quads)
}

function write (quads) {
  return new Writer({ format: 'N-Triples' }).quadsToString([...quads])
}

const [engine, shapes, ...data] = process.argv.slice(2)
const validate = await engines[engine](read(shapes))
const reports = []
for (const path of data) {
  reports.push(write((await validate(read(path))).dataset))
}
process.stdout.write(JSON.stringify(reports))
