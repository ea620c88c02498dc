import { Table } from "@mantine/core";

export interface Change {
  name: string;
  before: string | null;
  after: string | null;
}

/** From what to what. */
export function Changes({ changes, heads = ["Before", "After"], width = 380 }: { changes: Change[]; heads?: [string, string]; width?: number }) {
  return (
    <div className="table-scroll">
      <Table verticalSpacing={6} layout="auto" miw={width}>
        <Table.Thead><Table.Tr><Table.Th>Field</Table.Th><Table.Th>{heads[0]}</Table.Th><Table.Th>{heads[1]}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {changes.map(({ name, before, after }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" style={{ whiteSpace: "normal" }}>{name}</Table.Th>
              <Table.Td>{before === null ? "–" : <span className="was">{before}</span>}</Table.Td>
              <Table.Td>{after === null ? "–" : <span className="is">{after}</span>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
