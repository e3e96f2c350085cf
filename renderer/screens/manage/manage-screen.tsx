export function ManageScreen() {
  return null
}
