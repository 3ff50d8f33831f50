/**
 * The packages that hold Node say in one word which machine they are for, and pnpm reads lists only: without this it would
 * download Node for every machine.
 */
const isNode = ({ name }) => /^node-(bin-)?(darwin|linux|win)-/.test(name)
const readPackage = (manifest) =>
  isNode(manifest) ? { ...manifest, os: [manifest.os].flat(), cpu: [manifest.cpu].flat() } : manifest

module.exports = { hooks: { readPackage } }
