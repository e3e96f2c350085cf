export function SignInScreen(_: { readonly reason: string | null }) {
  return null
}
