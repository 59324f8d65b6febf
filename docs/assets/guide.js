// What the pages cannot do without a script; everything else works without one.

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

// The decision aid: the rows marked with the last choice, to take along. Nothing is kept.
const result = document.getElementById("values-result")
if (result) {
  const table = document.querySelector(".choice").closest("table")
  table.addEventListener("change", () => {
    const rows = [...table.querySelectorAll("tbody tr")].filter(row => row.querySelector("td:last-child input").checked)
    const items = rows.map(row => {
      const item = document.createElement("li")
      const cells = [...row.cells].slice(0, 2).map(cell => {
        const copy = cell.cloneNode(true)
        for (const mark of copy.querySelectorAll("sup, .term-note")) mark.remove()
        return copy.textContent.trim()
      })
      item.textContent = cells.join(": ")
      return item
    })
    const list = document.createElement("ul")
    list.append(...items)
    result.replaceChildren(...(items.length ? ["These matter a lot to you. Ask about them:", list] : []))
  })
}
