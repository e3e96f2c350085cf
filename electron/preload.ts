import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { CoreEvent, JuankuBridge } from '../shared/contract/index.ts'

/** Everything the page can reach of the world outside it. */
const bridge: JuankuBridge = Object.freeze({
  call: (method: string, input: unknown) => ipcRenderer.invoke('juanku:call', method, input),
  on: (listener: (event: CoreEvent) => void) => {
    const relay = (_event: unknown, message: CoreEvent) => listener(message)
    ipcRenderer.on('juanku:event', relay)
    return () => {
      ipcRenderer.removeListener('juanku:event', relay)
    }
  },
  pathOfFile: (file: unknown) => {
    if (!(file instanceof File)) return ''
    // Electron before 32 has no webUtils and puts the path on the file itself.
    if (webUtils !== undefined) return webUtils.getPathForFile(file)
    return 'path' in file && typeof file.path === 'string' ? file.path : ''
  },
})

contextBridge.exposeInMainWorld('juanku', bridge)
