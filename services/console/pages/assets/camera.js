// A camera that reads bar codes into the field that a button names, and sends its form as the key Enter of a scanner does. Where the browser
// reads none, or has no camera, the button stays away. It goes on from page to page until it is pressed again; a code that is held before
// the camera counts once: it is read again only after the camera saw none, or another.
const ON = 'camera'
const LAST = 'camera-last'
const buttons = document.querySelectorAll('button[data-camera]')

async function watch(button) {
  const status = button.parentElement.querySelector('[role=status]')
  let stream
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
  } catch {
    sessionStorage.removeItem(ON)
    status.textContent = button.dataset.refused
    return
  }
  sessionStorage.setItem(ON, button.dataset.camera)
  button.setAttribute('aria-pressed', 'true')
  const video = Object.assign(document.createElement('video'), { srcObject: stream, muted: true, playsInline: true })
  button.parentElement.append(video)
  await video.play()
  const found = await firstCode(button, video)
  for (const track of stream.getTracks()) track.stop()
  video.remove()
  button.setAttribute('aria-pressed', 'false')
  if (found === undefined) return
  sessionStorage.setItem(LAST, found)
  const field = document.getElementById(button.dataset.camera)
  field.value = found
  if (button.dataset.sends === 'yes') field.form.requestSubmit()
}

async function firstCode(button, video) {
  const detector = new BarcodeDetector()
  let last = sessionStorage.getItem(LAST)
  while (sessionStorage.getItem(ON) === button.dataset.camera && video.isConnected) {
    const [code] = await detector.detect(video)
    if (code?.rawValue && code.rawValue !== last) return code.rawValue
    if (code === undefined) last = null
    await new Promise(requestAnimationFrame)
  }
  return undefined
}

if ('BarcodeDetector' in window && navigator.mediaDevices?.getUserMedia)
  for (const button of buttons) {
    button.hidden = false
    button.addEventListener('click', () => {
      const isOn = button.getAttribute('aria-pressed') === 'true'
      sessionStorage.removeItem(LAST)
      if (isOn) sessionStorage.removeItem(ON)
      else void watch(button)
    })
    if (button.dataset.sends === 'yes' && sessionStorage.getItem(ON) === button.dataset.camera) void watch(button)
  }
