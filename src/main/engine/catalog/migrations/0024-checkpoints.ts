/**
 * Which assets were removed for good before other devices had heard of them (`told` 0): what others are told of the library
 * leaves them out.
 */
export const checkpoints = 'ALTER TABLE tombstones ADD COLUMN told INTEGER NOT NULL DEFAULT 1;'
