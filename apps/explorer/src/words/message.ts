/** The shape of the catalogue: each message once in English, Hindi and Urdu, in the syntax of ICU. */

/** English, Hindi, Urdu: a message without one of them does not compile. */
export type Message = readonly [string, string, string]
export type Messages = Readonly<Record<string, Message>>
