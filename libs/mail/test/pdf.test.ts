import t from 'tap'
import { REGULAR, renderPdf } from '../pdf.ts'

const written = async (text: string) =>
  (
    await renderPdf({ title: 'A', author: 'B', locale: 'nb', on: '2026-01-15' }, (pdf) => {
      pdf.font(REGULAR).text(text)
    })
  ).toString('latin1')

t.test('a PDF is made of its own words alone, whatever the process has written before', async (t) => {
  // Drawn by one glyph: the ligature that is a letter of its own, and the two letters that are joined.
  const ligature = await written('o\ufb01n')
  const letters = await written('ofin')
  t.notSame(letters, ligature, 'what is copied from it is what was written')
  t.equal(await written('o\ufb01n'), ligature)
  t.equal(await written('ofin'), letters)
})
