/** Groups of records that linkage kept apart, for commands. */
export { heldBridges, type HeldBridge } from '@ringmap/linkage/batch/held-bridges'
