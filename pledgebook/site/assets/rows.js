// Rows of a Parquet file, group by group from its end: the newest come first.
import { asyncBufferFromUrl, parquetMetadataAsync, parquetReadObjects } from "hyparquet"
import { decompress } from "fzstd"
import { plain } from "./filters.js"

const compressors = { ZSTD: (input, length) => decompress(input, new Uint8Array(length)) }

// Each group in the order of the file; of all columns, or of those named. A row has its date as text, too, and its words as they are looked for.
export async function* readGroups(url, columns) {
  const file = await asyncBufferFromUrl({ url })
  const metadata = await parquetMetadataAsync(file)
  let end = Number(metadata.num_rows)
  for (const group of metadata.row_groups.toReversed()) {
    const start = end - Number(group.num_rows)
    const rows = await parquetReadObjects({ file, metadata, columns, rowStart: start, rowEnd: end, compressors })
    for (const row of rows) {
      row.day = row.date.toISOString().slice(0, 10)
      row.words = plain(row.quote)
    }
    yield rows
    end = start
  }
}
