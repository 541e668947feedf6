# make          install into .venv and write the dumps to build/dumps
# make quick    the tests that need neither browser nor server
# make test     everything CI runs
# make site     write the website to build/site, with the documentation
# make docs     write the documentation to build/docs
# make man      write the manual pages of the commands to build/man
# make audit    the known vulnerabilities of the packages that are locked
# make dist     build the package, with its bill of materials, in build/dist
# make serve    give it out with content negotiation, and a SPARQL endpoint, until Ctrl-C
# make coverage the lines and branches that the quick tests do not reach
# make mutation what the checks miss of single faults in the data, in build/mutation.txt
# make fuzz     nearly right texts for every reader of outside text; SECONDS=60 for each, SEED=N for the same again
# make hostile  tries, failures and peak memory for each class of hostile input
# make conformance SUITE=FOLDER  the W3C tests of SPARQL 1.1 in FOLDER, against query and serve
# make shacl-conformance [ENGINE=NAME]  the W3C tests of SHACL, in our engine and in those of others
# make reproducible  the same release with every Python that is here, byte by byte
# make bench    speed against the tools one would use instead, and build/bench.json
# make bench-large  the same without the endpoint, and with a thousand times the signatories
# make performance-page  keep build/bench.json as the last run, and write docs/performance.md of it
# make bench-hostile  the endpoint under 50 clients, endless queries and idle connections (Linux)
# make serve-oxigraph, serve-virtuoso, serve-fuseki, serve-rdf4j
#               an empty triple store to push a release to, until Ctrl-C; PORT=N for another port
# make engines  the SHACL engines of others that the tests try our shapes in (needs mvn, npm)
# make fuseki   the jar of Apache Jena Fuseki, in build/servers, for the tests too
# make morph-kgc  the R2RML processor that the tests try our mapping in, in build/morph-kgc
# make spark    Spark, whose standalone cluster the tests start, in build/spark (needs java to run)
# make moto     the server of S3 that the tests write to, in build/moto
# make csv-reconcile  the reconciliation service that the tests measure recall with, in build/csv-reconcile
# make openrefine  the classes of OpenRefine, in build/openrefine, with which the tests try /reconcile (needs mvn)
# make ontop    the classes of Ontop, in build/ontop, with which the tests ask PostgreSQL by our mapping (needs mvn)
# make rdf4j    the server of RDF4J, in build/servers, which the tests push and load to (needs mvn)
# make ldes-client  the client of npm that replays our event stream in the tests, in build/ldes-client (needs npm)
# make w3c-shacl  the test suites of the W3C for SHACL, in build/w3c-shacl, for the tests
# make vendor   fetch the packages of npm that the site brings along anew (needs npm)
# make lock     pin the newest versions of everything that is installed

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WHEEL_VENV := build/wheel-venv
PIP := -m pip --quiet --disable-pip-version-check install
# A lock names every package with its hash, so nothing is left to resolve.
LOCKED := $(PIP) --no-deps --no-compile --require-hashes -r
SECONDS := 60
# Bytecode is kept, so that each of the many commands that the tests start begins at once.
unexport PYTHONDONTWRITEBYTECODE
# Two processes more than cores, because many tests wait for servers.
WORKERS := $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 2)')
# Tests write and delete many thousands of files, which is quickest in memory.
ifndef TMPDIR
quick coverage checkout wheel: export TMPDIR = $(shell $(PYTHON) tests/support/scratch.py)
endif
QUICK := -m "not slow and not browser and not server"

.PHONY: export site docs man sssom tables-page serve test rest lint audit dist types quick coverage checkout wheel mutation fuzz hostile conformance shacl-conformance \
	reproducible bench bench-large bench-hostile performance-page vendor lock clean \
	engines csv-reconcile fuseki ldes-client morph-kgc moto ontop openrefine rdf4j spark serve-oxigraph serve-virtuoso serve-fuseki serve-rdf4j w3c-shacl

export: $(VENV)/installed
	$(BIN)/pariscall export -o build/dumps

site: docs
	$(BIN)/pariscall site -o build/site --docs build/docs

docs: $(VENV)/developed
	rm -rf build/docs
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going -E -d build/doctrees docs build/docs

# With the date of the commit, so that the same commands give the same pages.
man: $(VENV)/developed
	rm -rf build/man
	$(BIN)/click-man pariscall --man-date "$$(git log -1 --format=%cs)" --target build/man

# sssom-py has some ninety dependencies, so it lives apart.
sssom:
	test -x build/sssom/bin/sssom || { python3 -m venv build/sssom && build/sssom/bin/pip --quiet install sssom==0.4.21; }
	for file in data/*.sssom.tsv; do build/sssom/bin/sssom validate $$file || exit 1; done

tables-page: $(VENV)/developed
	$(BIN)/python -c "from pathlib import Path; from pariscall.tables.csvw import TABLES, read_schema; \
	from pariscall.tables.dictionary import to_markdown; \
	Path('docs/tables.md').write_text(to_markdown(read_schema(TABLES)), encoding='utf-8')"

serve: site
	$(BIN)/pariscall serve

# The ring against the wheel and all the rest run beside each other; what the rest prints comes last, whole.
test: $(VENV)/developed $(WHEEL_VENV)/developed
	@mkdir -p build
	@$(MAKE) --no-print-directory -j2 rest wheel; code=$$?; cat build/rest.log; exit $$code

rest:
	@$(MAKE) --no-print-directory lint types audit checkout > build/rest.log 2>&1 \
		|| { echo "lint, types, audit or checkout failed; it is told below"; exit 1; }

lint: $(VENV)/developed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/reuse --root . lint --quiet
	$(BIN)/zizmor --offline --quiet .

# Known vulnerabilities of what is locked, if the list of them can be asked.
audit: $(VENV)/developed
	$(BIN)/python tests/support/audit.py requirements.lock requirements-dev.lock

types: $(VENV)/developed
	$(BIN)/mypy

quick: $(VENV)/developed
	$(BIN)/pytest -q -n $(WORKERS) --dist worksteal $(QUICK)

coverage: $(VENV)/developed
	@mkdir -p build
	$(BIN)/pytest -q -n $(WORKERS) --dist worksteal $(QUICK) --cov --cov-report=term-missing:skip-covered

# What is about the repository itself, such as what the documentation shows: in one process, because
# most of it writes to build/ and would wait for the others. Only modules that bear the mark are read.
checkout: $(VENV)/developed
	$(BIN)/pytest -q -m checkout $$(grep -rl --include='test_*.py' mark.checkout tests)

# All other tests, against the wheel, built from the source distribution, in a venv of its own.
wheel: $(VENV)/developed $(WHEEL_VENV)/developed
	$(MAKE) dist
	$(WHEEL_VENV)/bin/python $(PIP) --no-deps --force-reinstall build/dist/*.whl
	$(WHEEL_VENV)/bin/pytest -q -n $(WORKERS) --dist worksteal -m "not checkout"

dist: $(VENV)/developed
	rm -rf build/dist
	@mkdir -p build
	$(BIN)/python -m build --no-isolation --outdir build/dist . > build/dist.log
	$(BIN)/cyclonedx-py requirements --short-PURLs --output-reproducible --pyproject pyproject.toml \
		--output-file build/dist/pariscall.cdx.json requirements.lock

mutation: $(VENV)/developed
	PYTHONPATH=tests $(BIN)/python -m mutation

fuzz: $(VENV)/developed
	PYTHONPATH=tests $(BIN)/python -m fuzz --seconds $(SECONDS) $(if $(SEED),--seed $(SEED))

hostile: $(VENV)/developed
	PYTHONPATH=tests $(BIN)/python -m hostile

conformance: $(VENV)/developed
	PYTHONPATH=tests $(BIN)/python -m conformance $(SUITE)

shacl-conformance: w3c-shacl
	PYTHONPATH=tests $(BIN)/python -m support.engines.conformance $(ENGINE)

reproducible:
	$(PYTHON) tests/support/reproducible.py

bench: $(VENV)/developed build/peers w3c-shacl morph-kgc
	$(BIN)/python bench/run.py build/bench.json
	$(BIN)/python bench/endpoint.py build/peers/bin

bench-large: $(VENV)/developed w3c-shacl morph-kgc
	$(BIN)/python bench/run.py --large build/bench.json

performance-page: $(VENV)/developed
	cp build/bench.json bench/figures.json
	$(BIN)/python bench/page.py bench/figures.json docs/performance.md docs/images/performance.svg

bench-hostile: $(VENV)/developed
	$(BIN)/python bench/hostile_load.py

build/peers:
	$(PYTHON) -m venv $@
	$@/bin/python $(PIP) oxigraph 'rdflib-endpoint[cli]' uvicorn

serve-oxigraph serve-virtuoso serve-fuseki serve-rdf4j: $(VENV)/developed
	PYTHONPATH=tests $(BIN)/python -m support.stores $(@:serve-%=%) $(PORT)

serve-fuseki: fuseki
serve-rdf4j: rdf4j

engines: $(VENV)/developed
	PYTHONPATH=tests $(BIN)/python -m support.engines.fetch

fuseki rdf4j: $(VENV)/developed
	PYTHONPATH=tests $(BIN)/python -m support.stores.fetch $@

# It wants older releases of our own packages, so it lives apart.
morph-kgc:
	test -x build/morph-kgc/bin/python || $(PYTHON) -m venv build/morph-kgc
	build/morph-kgc/bin/python $(PIP) morph-kgc==2.10.0 sqlalchemy==2.1.9

# It takes half a gigabyte, so it lives apart; the tests borrow its packages.
spark:
	test -x build/spark/bin/python || $(PYTHON) -m venv build/spark
	build/spark/bin/python $(PIP) pyspark==4.0.1

# It wants another release of botocore than the lock, so it lives apart.
moto:
	test -x build/moto/bin/python || $(PYTHON) -m venv build/moto
	build/moto/bin/python $(PIP) 'moto[server]==5.2.5'

# It wants older releases of packages, so it lives apart.
csv-reconcile:
	test -x build/csv-reconcile/bin/python || $(PYTHON) -m venv build/csv-reconcile
	build/csv-reconcile/bin/python $(PIP) csv-reconcile==0.3.2

ldes-client:
	@mkdir -p build/ldes-client
	cp tests/support/ldes/package.json tests/support/ldes/package-lock.json build/ldes-client
	cd build/ldes-client && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

openrefine:
	test -d build/openrefine || mvn -q -B -f tests/support/openrefine/pom.xml dependency:copy-dependencies \
		-DincludeScope=runtime -DoutputDirectory=$(CURDIR)/build/openrefine

ontop:
	test -d build/ontop || mvn -q -B -f tests/support/ontop/pom.xml dependency:copy-dependencies \
		-DincludeScope=runtime -DoutputDirectory=$(CURDIR)/build/ontop

w3c-shacl: $(VENV)/developed
	PYTHONPATH=tests $(BIN)/python -m support.w3c_shacl

vendor: $(VENV)/installed
	$(BIN)/python -m pariscall.web.site.vendor

lock: $(VENV)/developed
	$(BIN)/python $(PIP) uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header \
		--python-version 3.11 --group build --extra all -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header \
		--python-version 3.11 --group dev --extra all --extra dask --extra s3 -o requirements-dev.lock pyproject.toml

clean:
	rm -rf build $(VENV)

$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@echo "installing into $(VENV)"
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python $(LOCKED) requirements.lock
	$(BIN)/python $(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(WHEEL_VENV)/developed: requirements-dev.lock
	@mkdir -p build
	$(PYTHON) -m venv --clear $(WHEEL_VENV)
	$(WHEEL_VENV)/bin/python $(LOCKED) requirements-dev.lock
	@touch $@

$(VENV)/developed: $(VENV)/installed requirements-dev.lock
	$(BIN)/python $(LOCKED) requirements-dev.lock
	@touch $@
