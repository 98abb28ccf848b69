// The explorer: filters over the commitments of the version, read in the browser from its Parquet file by range requests.
import { readGroups } from "./rows.js"
import { chosen, matching } from "./filters.js"
import { drawChart } from "./chart.js"
import { toCsv } from "./csv.js"

const DATA = "../data/commitments.parquet"
const ROWS_SHOWN = 50
const ACTORS = ["actor", "recipient", "target"]
const CODED = [...ACTORS, "topic", "act", "strength", "novelty"]
const element = (id) => document.getElementById(id)
const form = element("filters")

let codes
let samples
let rows = []
let found = []
let shown = ROWS_SHOWN
let complete = false

function cell(text, name) {
  const made = document.createElement("td")
  made.textContent = text
  if (name) made.className = name
  return made
}

function link(row) {
  const made = document.createElement("td")
  const to = document.createElement("a")
  to.href = `../c/${row.commitment_id}/index.html`
  to.textContent = row.quote
  made.append(to)
  return made
}

const names = (list) => list.map((code) => codes.actors[code] ?? code).join(", ")

const money = (row) => (row.amount === null || row.amount === undefined ? "" : `${row.amount.toLocaleString("en")} ${row.currency}`)

function tableRow(row) {
  const made = document.createElement("tr")
  made.append(cell(row.day, "date"), link(row), cell(names(row.actors)), cell(names(row.recipients)), cell(names(row.targets)))
  made.append(cell(codes.acts[row.act] ?? row.act), cell(row.strength), cell(money(row), "number"), cell(row.confidence?.toFixed(2) ?? "", "number"))
  return made
}

function show() {
  found = matching(rows, chosen(form))
  const none = complete && found.length === 0 ? ": clear a filter to see more" : ""
  element("result").textContent = `${found.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")} commitments${complete ? none : ", more are loading"}`
  element("rows").replaceChildren(...found.slice(0, shown).map(tableRow))
  element("more").hidden = found.length <= shown
  element("download").disabled = !complete || found.length === 0
  drawChart(element("chart"), found, rows)
}

// What is typed takes the place of the address before it; what is chosen is a step that the way back undoes.
function changed(step) {
  shown = ROWS_SHOWN
  const told = new URLSearchParams([...new FormData(form)].filter(([, value]) => value))
  const address = told.size ? `?${told}` : location.pathname
  if (address !== (location.search || location.pathname)) history[step](null, "", address)
  show()
}

// A shared address may ask for a code that no row of this version has: then nothing is found, and the form shows it.
function fromAddress() {
  for (const [name, value] of new URLSearchParams(location.search)) {
    const control = form.querySelector(`[name="${CSS.escape(name)}"]`)
    if (!control) continue
    if (CODED.includes(name) && ![...control.options].some((option) => option.value === value)) {
      const known = ACTORS.includes(name) ? codes.actors : codes.acts
      control.append(new Option(known[value] ?? value, value))
    }
    control.value = value
  }
}

async function download() {
  element("download").disabled = true
  element("result").textContent = "Preparing the file …"
  const wanted = new Set(found.map((row) => row.commitment_id))
  let parts = []
  try {
    for await (const group of readGroups(DATA)) parts = group.filter((row) => wanted.has(row.commitment_id)).concat(parts)
  } catch (error) {
    show()
    element("result").textContent = `The file cannot be made: ${error.message}.`
    return
  }
  const to = document.createElement("a")
  to.href = URL.createObjectURL(new Blob([toCsv(parts)], { type: "text/csv" }))
  to.download = `pledgebook-${codes.version}-selection.csv`
  to.click()
  URL.revokeObjectURL(to.href)
  show()
}

form.addEventListener("input", (event) => changed(event.target.tagName === "SELECT" ? "pushState" : "replaceState"))
form.addEventListener("submit", (event) => event.preventDefault())
element("clear").addEventListener("click", () => { form.reset(); changed("pushState") })
element("more").addEventListener("click", () => {
  const before = shown
  shown += ROWS_SHOWN
  show()
  element("rows").children[before].querySelector("a").focus()
})
element("download").addEventListener("click", download)
window.addEventListener("popstate", () => { if (codes) { form.reset(); fromAddress(); show() } })

try {
  codes = await (await fetch("codes.json")).json()
  samples = new Set(codes.samples)
  fromAddress()
  for await (const group of readGroups(DATA, codes.columns)) {
    rows = rows.concat(group.filter((row) => !samples.has(row.readout_id)).reverse())
    show()
  }
  complete = true
  show()
} catch (error) {
  element("result").textContent = `The rows cannot be read: ${error.message}.`
}
