// The decision aid: the rows marked with the last choice, to take along. Nothing is kept.

const result = document.getElementById("values-result")
const table = document.querySelector(".choice").closest("table")
for (const choice of table.querySelectorAll("input")) choice.checked = false // some browsers keep it over a reload
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
