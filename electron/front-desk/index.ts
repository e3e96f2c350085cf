/** The core's services behind one path: what the window reaches by message and the command line in process. */
export { type FrontDesk, type FrontDeskParts, frontDesk } from './front-desk.ts'
