/** `make`, done once for each object and remembered as long as the object is there. */
export const onceForEach = <K extends object, V>(make: (of: K) => V): ((of: K) => V) => {
  const made = new WeakMap<K, { readonly value: V }>();
  return (of) => {
    const before = made.get(of);
    if (before !== undefined) return before.value;
    const value = make(of);
    made.set(of, { value });
    return value;
  };
};
