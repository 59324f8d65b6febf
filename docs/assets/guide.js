// What the pages cannot do without a script; everything else works without one.

document.documentElement.classList.replace("no-js", "js")

// A page whose next check is past says so by the reader's own date, even if nobody has rebuilt the site since.
for (const line of document.querySelectorAll("[data-overdue]")) {
  line.hidden = new Date().toISOString().slice(0, 10) <= line.dataset.overdue
}

// Glossary notes: CSS shows them on hover and focus. Escape closes (WCAG 1.4.13); on touch the first tap shows the
// note and the second follows the link, since there is no hover.
const groups = document.querySelectorAll(".term-group")
const closeAll = except => {
  for (const group of groups) if (group !== except) group.classList.remove("is-open")
}

for (const group of groups) {
  const link = group.querySelector(".term")
  const note = group.querySelector(".term-note")
  let touched = false
  const place = () => {
    note.style.left = "0"
    const over = note.getBoundingClientRect().right - (document.documentElement.clientWidth - 8)
    if (over > 0) note.style.left = `${-over}px`
  }
  link.addEventListener("pointerdown", event => (touched = event.pointerType === "touch"))
  link.addEventListener("click", event => {
    if (touched && !group.classList.contains("is-open")) {
      event.preventDefault()
      closeAll(group)
      group.classList.remove("is-closed")
      group.classList.add("is-open")
      place()
    }
  })
  for (const type of ["pointerenter", "focusin"]) group.addEventListener(type, place)
  for (const type of ["pointerleave", "focusout"]) group.addEventListener(type, () => group.classList.remove("is-closed"))
}

document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return
  closeAll()
  for (const group of document.querySelectorAll(".term-group:is(:hover, :focus-within)")) group.classList.add("is-closed")
})
document.addEventListener("pointerdown", event => closeAll(event.target.closest(".term-group")))

// On paper closed boxes are open (CSS does it too, in newer browsers) and links say where they lead.
let opened = []
addEventListener("beforeprint", () => {
  const links = location.protocol === "file:" ? [] : document.querySelectorAll("article a[href]")
  for (const link of links) link.dataset.to = link.host + link.pathname + link.hash
  opened = [...document.querySelectorAll("article details:not([open])")]
  for (const box of opened) box.open = true
})
addEventListener("afterprint", () => opened.forEach(box => (box.open = false)))

// Search is the theme's own. Its script, worker and index, and search.js, which fetches them, come when it is opened.
// The page for wrong addresses has no dialog.
const search = document.getElementById("search")
const query = search?.querySelector("input")

const openSearch = () => {
  if (!search.open) search.showModal()
  query.focus()
  query.select()
  if (!openSearch.done) document.head.append(Object.assign(document.createElement("script"), { src: search.dataset.late }))
  openSearch.done = true
}

if (search) {
  document.querySelector("[data-open-search]").addEventListener("click", openSearch)
  search.querySelector("[data-close-search]").addEventListener("click", () => search.close())
  search.querySelector("form").addEventListener("submit", event => event.preventDefault())
  search.addEventListener("click", event => (event.target === search || event.target.closest("a")) && search.close())
  document.addEventListener("keydown", event => {
    const typing = event.target.closest("input, textarea, select")
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      openSearch()
    }
    // The theme's single-letter keys (WCAG 2.1.4), and its Tab, which would close the search.
    if (!search.open || event.key === "Tab") event.stopPropagation()
  })
}
