// Only in the offline copy (tools/offline.py puts it before search.js): from a disk a browser starts no worker, so the
// search's script runs in a hidden frame. What it needs of a worker is here: messages both ways, in order.
window.Worker = class extends EventTarget {
  constructor(url) {
    super()
    const frame = Object.assign(document.createElement("iframe"), { hidden: true, srcdoc: "<!doctype html>" })
    this.loaded = new Promise(resolve => {
      frame.onload = () => {
        const inside = frame.contentWindow
        inside.postMessage = data => this.dispatchEvent(new MessageEvent("message", { data }))
        const script = inside.document.createElement("script")
        script.src = new URL(url, location)
        script.onload = () => resolve(inside)
        script.onerror = () => this.dispatchEvent(new Event("error"))
        inside.document.head.append(script)
      }
    })
    document.body.append(frame)
  }

  postMessage(data) {
    this.loaded.then(inside => inside.dispatchEvent(new inside.MessageEvent("message", { data })))
  }
}

