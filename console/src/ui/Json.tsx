import { Box, Text } from "@mantine/core";
import { useMemo } from "react";
import { useFormats } from "../lib/format";
import { pieces } from "../lib/json";
import { CopyIcon } from "./Copy";

/** So much is drawn; a body may have a megabyte. */
const MOST = 20_000;

/** A message to be read; copied, it is as it came. */
export function Json({ text, label }: { text: string; label: string }) {
  const formats = useFormats();
  const shown = useMemo(() => pieces(text.slice(0, MOST)), [text]);
  return (
    <div>
      <Box pos="relative">
        <pre className="snippet json" tabIndex={0} aria-label={label}>
          {shown?.map((piece, at) => (piece.kind === "mark" ? piece.text : <span key={at} className={`json-${piece.kind}`}>{piece.text}</span>)) ?? text.slice(0, MOST)}
        </pre>
        <Box pos="absolute" top={8} right={8}><CopyIcon value={text} what="it as it came" /></Box>
      </Box>
      {text.length > MOST && <Text size="xs" c="dimmed" mt={4}>The first {formats.points(MOST)} of {formats.points(text.length)} characters. Copying takes all of them.</Text>}
    </div>
  );
}
