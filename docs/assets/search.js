// Starts the theme's search. What its templates would put into every page (two checkboxes, a label, its settings, four
// functions) is made here; nothing is stored.
{
  const { base, script, worker, style } = search.dataset
  const add = (parent, name, properties) => parent.appendChild(Object.assign(document.createElement(name), properties))
  add(document.head, "link", { rel: "stylesheet", href: style })

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

  // Results are reached with Tab as well as with the arrows.
  const list = search.querySelector("ol")
  const reach = () => list.querySelectorAll("[tabindex='-1']").forEach(item => (item.tabIndex = 0))
  new MutationObserver(reach).observe(list, { childList: true })

  // The theme hears the field only from the next focus on.
  const again = () => document.activeElement === query && (query.blur(), query.focus())
  add(document.head, "script", { src: script, onload: again })
}
