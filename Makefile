# The guide's commands. `make` alone prints what each does, from the comments behind the names.

# Material's end-of-life banner: README.md says what is planned.
export NO_MKDOCS_2_WARNING := 1
PYTHON ?= python3
PORT ?= 8000
RUN := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help serve build check test audit bench pdf offline release new fix cite dates links advisories exit-check lock clean

help: ## show this list
	@echo "What you can do here:"
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' "$(firstword $(MAKEFILE_LIST))" | expand -t 18

serve: .venv/site.ready ## show the site on this machine and follow your edits (another port: make serve PORT=8001)
	@$(RUN) tools/serve.py $(PORT)

build: .venv/site.ready ## check everything and write the site to site/
	@$(RUN) tools/build.py site

check: .venv/tests.ready ## what make build checks, and the quick tests, without a browser, in minutes
	@$(RUN) tools/build.py
	@$(RUN) -m ruff check --quiet . && $(RUN) -m ruff format --check --quiet .
	@$(RUN) -m pytest -q -m "not slow and not browser"

test: .venv/tests.ready .venv/browser.ready .venv/nginx.ready ## the whole suite, in a real browser and with a real server too
	@$(RUN) -m ruff check --quiet . && $(RUN) -m ruff format --check --quiet .
	@CHROMIUM="$$(cat .venv/browser.ready)" NGINX="$$(cat .venv/nginx.ready)" $(RUN) -m pytest -q --full

audit: .venv/browser.ready ## feed the build 10,000 hostile inputs, then have site/ checked by the Nu HTML checker and Lighthouse (needs npm and Java)
	@PYTHONPATH=tests:tools:hooks $(RUN) -m fuzz
	@CHROMIUM="$$(cat .venv/browser.ready)" PYTHONPATH=tests:tools $(RUN) -m audit

bench: .venv/browser.ready ## measure the site beside the stock theme and bare HTML, in minutes (less: make bench BENCH=--quick)
	@CHROMIUM="$$(cat .venv/browser.ready)" PYTHONPATH=tests:tools $(RUN) -m bench $(BENCH)

pdf: .venv/browser.ready ## write the whole guide as one PDF to .build/, from the site that make build wrote
	@mkdir -p .build && CHROMIUM="$$(cat .venv/browser.ready)" $(RUN) tools/handbook.py site .build/ketamine-infusion-guide.pdf

offline: .venv/site.ready ## write a copy that opens, and can be searched, without a network, as a folder and a zip, to .build/
	@mkdir -p .build && $(RUN) tools/offline.py .build

release: .venv/browser.ready ## build the site with the PDF, the offline copy and their sums in it
	@CHROMIUM="$$(cat .venv/browser.ready)" $(RUN) tools/release.py

new: .venv/site.ready ## begin a page: make new KIND=condition TITLE="Ketamine for tinnitus"
	@PYTHONPATH=hooks $(RUN) tools/new.py

fix: .venv/tests.ready ## mend blanks, line ends and the order of keys and entries, and the style of the code
	@PYTHONPATH=hooks $(RUN) tools/fix.py && $(RUN) tools/mistakes.py
	@$(RUN) -m ruff check --quiet --fix . && $(RUN) -m ruff format --quiet .

dates: .venv/site.ready ## what has run out: facts, help lines and pages whose day is past; fails where there is any
	@PAST_DATES=fail $(RUN) tools/build.py

links: .venv/tests.ready ## try the links to other sites, in half an hour, and tell which are gone (after make build)
	@$(RUN) tools/outside.py site

advisories: .venv/tests.ready ## known vulnerabilities of what the lock files name, and what to raise
	@$(RUN) tools/advisories.py

cite: .venv/site.ready ## add sources from an export of Zotero (CSL JSON) or BibTeX: make cite FILE=export.json
	@PYTHONPATH=hooks $(RUN) tools/cite.py

exit-check: .venv/site.ready .build/exit.ready ## what would be lost if ProperDocs built the site instead of MkDocs (.github/HOSTING.md)
	@$(RUN) tools/exit_check.py .build/exit

lock: .venv/site.ready ## write the requirements.txt files anew after a change to a requirements.in
	@$(RUN) -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@$(RUN) -m uv pip compile -q --universal --generate-hashes --python-version 3.11.5 --custom-compile-command "make lock" requirements.in -o requirements.txt
	@$(RUN) -m uv pip compile -q --universal --generate-hashes --python-version 3.11.5 --custom-compile-command "make lock" tests/requirements.in -o tests/requirements.txt
	@$(RUN) -m uv pip compile -q --universal --generate-hashes --python-version 3.11.5 --custom-compile-command "make lock" tests/exit/requirements.in -o tests/exit/requirements.txt

clean: ## remove all that the commands above made
	@rm -rf .venv .build site .pytest_cache .ruff_cache

.venv/site.ready: requirements.txt tools/environment.py
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing. Install Python 3.11.5 or later from python.org, then type the same command again."; exit 1; }
	@$(PYTHON) tools/environment.py .venv requirements.txt
	@touch $@

.venv/tests.ready: .venv/site.ready tests/requirements.txt
	@$(PYTHON) tools/environment.py .venv tests/requirements.txt
	@touch $@

.build/exit.ready: requirements.txt tests/exit/requirements.txt tools/environment.py
	@$(PYTHON) tools/environment.py .build/exit requirements.txt tests/exit/requirements.txt
	@touch $@

.venv/browser.ready .venv/nginx.ready: .venv/%.ready: .venv/tests.ready tools/%.py tools/programs.py
	@$(RUN) tools/$*.py > $@.new || { cat $@.new; rm -f $@.new; exit 1; }
	@mv $@.new $@
