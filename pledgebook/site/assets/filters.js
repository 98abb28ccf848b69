// What the form asks for, and which rows answer.

// In small letters, with straight quotation marks and single blanks, as people type.
export function plain(text) {
  return text.toLowerCase().replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, " ").trim()
}

export function chosen(form) {
  return Object.fromEntries(new FormData(form))
}

export function matching(rows, asked) {
  const tests = []
  for (const name of ["actors", "recipients", "targets"]) {
    const code = asked[name.slice(0, -1)]
    if (code) tests.push((row) => row[name].includes(code))
  }
  for (const name of ["act", "strength", "novelty"]) {
    if (asked[name]) tests.push((row) => row[name] === asked[name])
  }
  if (asked.topic) tests.push((row) => row.topic === Number(asked.topic))
  if (asked.since) tests.push((row) => row.day >= asked.since)
  if (asked.until) tests.push((row) => row.day <= asked.until)
  if (!asked.routine) tests.push((row) => !row.routine)
  if (asked.money) tests.push((row) => row.amount !== null && row.amount !== undefined)
  for (const word of plain(asked.text ?? "").split(" ")) {
    if (word) tests.push((row) => row.words.includes(word))
  }
  return rows.filter((row) => tests.every((test) => test(row)))
}
