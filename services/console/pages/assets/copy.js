// A button that copies the text of the field that it names. Without this script the button is not shown, and the text is selected by hand.
document.documentElement.dataset.copies = 'yes'
document.addEventListener('click', async ({ target }) => {
  const button = target.closest?.('button[data-copy]')
  if (!button) return
  const field = document.getElementById(button.dataset.copy)
  field.select()
  let copied = true
  try {
    await navigator.clipboard.writeText(field.value)
  } catch {
    // Where a page may not write to the clipboard, the text stays selected.
    copied = false
  }
  button.parentElement.querySelector('[role=status]').textContent = copied
    ? button.dataset.copied
    : button.dataset.selected
})
