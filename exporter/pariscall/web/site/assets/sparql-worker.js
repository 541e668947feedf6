// SPARQL in a thread of its own: loads the graph once, then answers one query after the other.
import init, { Store } from "./vendor/oxigraph/web.js";

const download = new AbortController();
const ready = load();
ready.then(
  () => postMessage({ ready: true }),
  (error) => {
    download.abort(); // so that nothing is told of it any more
    postMessage({ failed: String(error) });
  },
);

async function load() {
  const [graph] = await Promise.all([fetchGraph(), init()]);
  postMessage({ reading: true });
  const store = new Store();
  store.load(graph, { format: "nt", lenient: true, no_transaction: true });
  return store;
}

async function fetchGraph() {
  const answer = await fetch("graph.nt.gz", { signal: download.signal });
  if (!answer.ok) throw new Error(`graph.nt.gz: ${answer.status}`);
  return unpack(await receive(answer));
}

async function receive(answer) {
  const size = Number(answer.headers.get("Content-Length"));
  const parts = [];
  let received = 0;
  for (const reader = answer.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    parts.push(value);
    received += value.length;
    postMessage({ received, size });
  }
}

// A host may have told the browser to unpack the file already.
async function unpack(content) {
  if (content[0] !== 0x1f || content[1] !== 0x8b) return content;
  const stream = new Blob([content]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

onmessage = async ({ data: { query, format, turn } }) => {
  try {
    const store = await ready;
    const start = performance.now();
    const text = store.query(query, { results_format: format, use_default_graph_as_union: true });
    postMessage({ turn, format, text, seconds: (performance.now() - start) / 1000 });
  } catch (error) {
    postMessage({ turn, problem: String(error?.message ?? error) });
  }
};
