// The explorer: filters over the commitments of the version, read in the browser from its Parquet file by range requests.
import { readGroups } from "./rows.js"
import { chosen, matching } from "./filters.js"
import { drawChart } from "./chart.js"
import { toCsv } from "./csv.js"

const DATA = "../data/commitments.parquet"
const ROWS_SHOWN = 50
const element = (id) => document.getElementById(id)
const form = element("filters")

const codes = await (await fetch("codes.json")).json()
const samples = new Set(codes.samples)
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

function tableRow(row) {
  const made = document.createElement("tr")
  made.append(cell(row.day, "date"), cell(names(row.actors)), cell(names(row.recipients)), cell(names(row.targets)), cell(codes.acts[row.act] ?? row.act), link(row))
  return made
}

function show() {
  found = matching(rows, chosen(form))
  element("result").textContent = `${found.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")} commitments${complete ? "" : ", more are loading"}`
  element("rows").replaceChildren(...found.slice(0, shown).map(tableRow))
  element("more").hidden = found.length <= shown
  element("download").disabled = !complete || found.length === 0
  drawChart(element("chart"), found)
}

function changed() {
  shown = ROWS_SHOWN
  const told = new URLSearchParams([...new FormData(form)].filter(([, value]) => value))
  history.replaceState(null, "", told.size ? `?${told}` : location.pathname)
  show()
}

function fromAddress() {
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (form.elements[name]) form.elements[name].value = value
  }
}

async function download() {
  element("download").disabled = true
  element("result").textContent = "Preparing the file …"
  const wanted = new Set(found.map((row) => row.commitment_id))
  let parts = []
  for await (const group of readGroups(DATA)) parts = group.filter((row) => wanted.has(row.commitment_id)).concat(parts)
  const to = document.createElement("a")
  to.href = URL.createObjectURL(new Blob([toCsv(parts)], { type: "text/csv" }))
  to.download = `pledgebook-${codes.version}-selection.csv`
  to.click()
  URL.revokeObjectURL(to.href)
  show()
}

form.addEventListener("input", changed)
form.addEventListener("submit", (event) => event.preventDefault())
element("clear").addEventListener("click", () => { form.reset(); changed() })
element("more").addEventListener("click", () => { shown += ROWS_SHOWN; show() })
element("download").addEventListener("click", download)
window.addEventListener("popstate", () => { form.reset(); fromAddress(); show() })

fromAddress()
try {
  for await (const group of readGroups(DATA, codes.columns)) {
    rows = rows.concat(group.filter((row) => !samples.has(row.readout_id)).reverse())
    show()
  }
  complete = true
  show()
} catch (error) {
  element("result").textContent = `The rows cannot be read: ${error.message}. Open the page from a web server, as \`make site\` does.`
}
