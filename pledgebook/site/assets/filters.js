// What the form asks for, and which rows answer.

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
  const words = (asked.text ?? "").trim().toLowerCase()
  if (words) tests.push((row) => row.words.includes(words))
  return rows.filter((row) => tests.every((test) => test(row)))
}
