import { lazily } from '@vilkar/server/lazily.ts'
import { type Static, Type } from 'typebox'

/** The variables of a service that keeps pictures. */
export const photoVariables = {
  PHOTO_STORE: Type.Optional(
    Type.String({
      pattern: '^(file:///[^?#]+|s3://[a-z0-9.-]{3,63}(\\?[^#]*)?)$',
      description:
        'Where pictures are kept: file:///folder, or s3://bucket?region=…, with &endpoint=https://… for a store other than AWS. Left out, none are taken.',
    }),
  ),
  AWS_ACCESS_KEY_ID: Type.Optional(
    Type.String({ description: 'Key of an S3 store; left out, the role of the machine or pod.' }),
  ),
  AWS_SECRET_ACCESS_KEY: Type.Optional(Type.String({ description: 'Secret of that key.' })),
}
const PhotoSettings = Type.Object(photoVariables)
export type PhotoSettings = Static<typeof PhotoSettings>

/** Where the bytes of pictures are, by a name of ours. Nobody but the service reads it: no picture has an address there. */
export type PhotoStore = {
  put(name: string, bytes: Buffer): Promise<void>
  get(name: string): Promise<Buffer>
  /** As `get`; undefined where there is no such file. */
  find(name: string): Promise<Buffer | undefined>
  remove(name: string): Promise<void>
}

/** The store that the settings name, opened with the first picture; undefined where none is named. */
export function createPhotoStore(settings: PhotoSettings): PhotoStore | undefined {
  if (settings.PHOTO_STORE === undefined) return undefined
  const address = new URL(settings.PHOTO_STORE)
  const disk = lazily(async () => {
    const { Disk } = await import('flydrive')
    return new Disk(address.protocol === 'file:' ? await folder(address) : await bucket(address, settings))
  })
  return {
    put: async (name, bytes) => (await disk()).put(name, bytes, { contentType: 'image/jpeg' }),
    get: async (name) => Buffer.from(await (await disk()).getBytes(name)),
    find: async (name) => {
      try {
        return Buffer.from(await (await disk()).getBytes(name))
      } catch (error) {
        if (saysMissing(error)) return undefined
        throw error
      }
    },
    remove: async (name) => (await disk()).delete(name),
  }
}

/** A folder says it by its code, a bucket by its name. */
function saysMissing(error: unknown) {
  const { code, name } = ((error as Error).cause ?? {}) as { code?: string; name?: string }
  return code === 'ENOENT' || name === 'NoSuchKey'
}

async function folder(address: URL) {
  const { FSDriver } = await import('flydrive/drivers/fs')
  return new FSDriver({ location: address, visibility: 'private' })
}

async function bucket(address: URL, { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret }: PhotoSettings) {
  const [{ S3Driver }, { S3Client }] = await Promise.all([import('flydrive/drivers/s3'), import('@aws-sdk/client-s3')])
  const endpoint = address.searchParams.get('endpoint')
  const client = new S3Client({
    region: address.searchParams.get('region') ?? 'eu-north-1',
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(id && secret && { credentials: { accessKeyId: id, secretAccessKey: secret } }),
  })
  return new S3Driver({ client, bucket: address.hostname, visibility: 'private', supportsACL: false })
}
