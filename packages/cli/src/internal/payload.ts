/**
 * A payload of whose parts nobody knows yet whether they are what the API takes. The client checks what it is given, whatever its
 * type, and says of each field what is wrong, where a check here would drop what it does not know.
 */
export const unchecked = <Payload extends object>(payload: object): Payload => payload as Payload
