// Whether what is typed into the search speaks of suicide or self-harm, so that the help lines come first. It hears a
// few words too many, such as a researcher's: a help line shown in vain does no harm. tests/crisis.yml holds it.
const CRISIS = RegExp(
  "\\b(" +
    [
      "sc?u[aei]*[cs][ei]*d\\w*", // suicide, suicidal, suiside, sucide
      "unaliv\\w*|k[my]s|slit my",
      "(kil+|hang|hurt|harm|cutt?|shoot|drown|poison)(ing|s|ed)? (my|me|your?|h\\w+|them|one) ?s[el]+[fv]\\w*",
      "self ?(harm|inj|hurt)\\w*",
      "(end|tak|took)(e|ing)? (my|your|his|her|their)( own)? li[fv]e",
      "end(ing)? it all|goodbye (note|letter)|like dying|tired of living",
      "(w[an]+t?(s|ed)?|wish|rather|let me|to) (to |2 )?(be )?(die|dead|end it)",
      "wish i \\w+ (\\w+ )?(die|dead|alive|born|here)",
      "(do(es)?nt|not|longer|never) w[an]+t?(s|ed)? (to )?(live|exist|be alive|be here|wake up)",
      "better of+ (dead|without me)",
      "can( ?no)?t (go on(?! (a|the|my|hol|vac|trip))|(take|do|live|cope|stand)( it| this| like| with)* any ?more)",
      "(no (reason|point) (to|in)|not worth) liv\\w*",
      "over ?dos\\w* (on purpose|inten|delib|myself)\\w*|(inten|delib)\\w* over ?dos\\w*|(leth|fat)al (over ?)?dose"
    ].join("|") +
    ")\\b"
)

function isCrisis(text) {
  return CRISIS.test(text.toLowerCase().replace(/['’`]/g, "").replace(/\W+/g, " "))
}

// Starts the theme's search. What its templates would put into every page (names of components, the list of results, two
// checkboxes, a label, its settings, four functions) is made here; nothing is stored.
{
  const { base, script, worker, style } = search.dataset
  const add = (parent, name, properties) => parent.appendChild(Object.assign(document.createElement(name), properties))
  add(document.head, "link", { rel: "stylesheet", href: style })

  for (const [name, part] of Object.entries({ header: "header", container: ".frame", main: "main" })) {
    document.querySelector(part).dataset.mdComponent = name
  }
  Object.assign(query, { autocapitalize: "off", spellcheck: false }).setAttribute("autocorrect", "off")
  for (const name of ["drawer", "search"]) {
    const box = add(document.body, "input", { type: "checkbox", id: `__${name}`, hidden: true })
    box.dataset.mdToggle = name
  }
  add(document.querySelector("header"), "label", { htmlFor: "__search", hidden: true })
  const translations = {
    "search.result.placeholder": "Type what you are looking for.",
    "search.result.none": "Nothing found for these words.",
    "search.result.one": "1 page",
    "search.result.other": "# pages",
    "search.result.more.one": "1 more on this page",
    "search.result.more.other": "# more on this page",
    "search.result.term.missing": "Missing",
  }
  const settings = { base: `${new URL(base, location)}`, features: [], search: worker, translations }
  add(document.body, "script", { id: "__config", type: "application/json", text: JSON.stringify(settings) })
  Object.assign(window, { __md_scope: new URL(base, location), __md_get: () => null, __md_set() {}, __md_hash: () => 0 })

  // Heard as it is typed, before the index is there: the help lines stand above whatever is found.
  const results = search.querySelector(".search__results")
  const crisis = Object.assign(document.createElement("div"), { className: "search__crisis", role: "status", hidden: true })
  results.before(crisis)
  crisis.append(...document.querySelector(".help-strip p").cloneNode(true).childNodes)
  const hear = () => (crisis.hidden = !isCrisis(query.value))
  query.addEventListener("input", () => {
    hear()
    query.dispatchEvent(new Event("keyup")) // the theme hears keys alone, not what is pasted or spoken
  })
  hear()
  results.insertAdjacentHTML(
    "afterbegin",
    `<div class="md-search-result" data-md-component="search-result">
      <div class="md-search-result__meta" role="status">Getting the search ready ...</div>
      <ol class="md-search-result__list" role="presentation"></ol>
    </div>`
  )

  // Results are reached with Tab as well as with the arrows.
  const list = results.querySelector("ol")
  const reach = () => list.querySelectorAll("[tabindex='-1']").forEach(item => (item.tabIndex = 0))
  new MutationObserver(reach).observe(list, { childList: true })

  // The theme hears the field only from the next focus on.
  const again = () => document.activeElement === query && (query.blur(), query.focus())
  add(document.head, "script", { src: script, onload: again })
}
