// Leads the links and the icon of the page for wrong addresses to where the site begins: one height above this very
// file.
{
  const { src, dataset } = document.currentScript
  const root = new URL("..", src).href
  const base = dataset.base.replace(/\/?$/, "/")
  for (const link of document.querySelectorAll("a, link[rel=icon]")) {
    const path = link.getAttribute("href")
    if (path.startsWith(base)) link.href = root + path.slice(base.length)
  }
}
