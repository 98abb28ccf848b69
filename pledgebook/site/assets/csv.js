// Rows as CSV (RFC 4180), spelled as in the published files: lists as JSON, money with two decimals.
const ADDED = new Set(["day", "words"])

export function toCsv(rows) {
  const columns = Object.keys(rows[0]).filter((name) => !ADDED.has(name))
  const lines = [columns, ...rows.map((row) => columns.map((name) => spelled(name, row[name])))]
  return lines.map((line) => line.map(quoted).join(",") + "\r\n").join("")
}

function spelled(name, value) {
  if (value === null || value === undefined) return ""
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (Array.isArray(value)) return `[${value.map((one) => JSON.stringify(one)).join(", ")}]`
  if (name === "amount" || name === "amount_max") return value.toFixed(2)
  if (name === "confidence" && Number.isInteger(value)) return value.toFixed(1)
  return String(value)
}

function quoted(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
