/** The exhibit as linked data: where it came from (W3C PROV) and as a CASE/UCO investigation, for programs of other laboratories. */
import { sha256 } from './bag.ts'
import type { ExhibitInput } from './exhibit-model.ts'
import { isoTime } from './iso-time.ts'

type Thing = Readonly<Record<string, unknown>>

export function provJson(input: ExhibitInput, payload: ReadonlyMap<string, Uint8Array>): string {
  const at = { '@type': 'xsd:dateTime', '@value': isoTime(input.as_of_ms) }
  const agents: Thing[] = [input.analyst, ...(input.reviewer === null ? [] : [input.reviewer])].map((one) => ({ '@id': `urn:ringmap:user:${one.id}`, '@type': ['prov:Agent', 'prov:Person'], 'rdfs:label': one.name }))
  const used = input.sources.map(({ sha256: hash, file }): Thing => ({ '@id': `urn:sha256:${hash}`, '@type': 'prov:Entity', 'rdfs:label': file }))
  const made = [...payload].map(([path, bytes]): Thing => ({ '@id': `urn:sha256:${sha256(bytes)}`, '@type': 'prov:Entity', 'rdfs:label': path, 'prov:wasGeneratedBy': { '@id': 'urn:ringmap:export' } }))
  return json({
    '@context': { prov: 'http://www.w3.org/ns/prov#', rdfs: 'http://www.w3.org/2000/01/rdf-schema#', xsd: 'http://www.w3.org/2001/XMLSchema#' },
    '@graph': [
      ...agents, { '@id': 'urn:ringmap:software', '@type': ['prov:Agent', 'prov:SoftwareAgent'], 'rdfs:label': `ringmap ${input.version}` }, ...used,
      {
        '@id': 'urn:ringmap:export', '@type': 'prov:Activity', 'rdfs:label': `import, link, find, draw and export of ${input.subject}`, 'prov:endedAtTime': at,
        'prov:used': used.map(reference), 'prov:wasAssociatedWith': [...agents.map(reference), { '@id': 'urn:ringmap:software' }],
      }, ...made,
    ],
  })
}

const VOCABULARIES = {
  kb: 'http://example.org/kb/', 'case-investigation': 'https://ontology.caseontology.org/case/investigation/', 'uco-action': 'https://ontology.unifiedcyberontology.org/uco/action/',
  'uco-core': 'https://ontology.unifiedcyberontology.org/uco/core/', 'uco-observable': 'https://ontology.unifiedcyberontology.org/uco/observable/', 'uco-tool': 'https://ontology.unifiedcyberontology.org/uco/tool/',
  'uco-types': 'https://ontology.unifiedcyberontology.org/uco/types/', xsd: 'http://www.w3.org/2001/XMLSchema#',
}

export function caseJson(input: ExhibitInput, payload: ReadonlyMap<string, Uint8Array>): string {
  const tool: Thing = { '@id': id('Tool', 'ringmap'), '@type': 'uco-tool:Tool', 'uco-core:name': 'ringmap', 'uco-tool:version': input.version }
  const sources = input.sources.map((one) => file(one.file, one.sha256, one.size_bytes))
  const made = [...payload].map(([path, bytes]) => file(path, sha256(bytes), bytes.length))
  const action: Thing = {
    '@id': id('InvestigativeAction', `${input.case_name} ${input.subject}`), '@type': 'case-investigation:InvestigativeAction', 'uco-core:name': 'Chart and tables made from the sources',
    'uco-action:endTime': { '@type': 'xsd:dateTime', '@value': isoTime(input.as_of_ms) }, 'uco-action:instrument': reference(tool), 'uco-action:object': sources.map(reference), 'uco-action:result': made.map(reference),
  }
  const record: Thing = {
    '@id': id('ProvenanceRecord', `${input.case_name} ${input.subject}`), '@type': 'case-investigation:ProvenanceRecord',
    ...(input.settings.exhibit_number === '' ? {} : { 'case-investigation:exhibitNumber': input.settings.exhibit_number }), 'uco-core:object': made.map(reference),
  }
  const investigation: Thing = {
    '@id': id('Investigation', input.case_name), '@type': 'case-investigation:Investigation', 'uco-core:name': input.case_name, 'uco-core:object': [action, record, tool, ...sources, ...made].map(reference),
  }
  return json({ '@context': VOCABULARIES, '@graph': [investigation, action, record, tool, ...sources, ...made] })
}

function file(name: string, hash: string, size: number): Thing {
  return {
    '@id': id('File', `${name} ${hash}`), '@type': 'uco-observable:File', 'uco-core:hasFacet': [
      { '@id': id('FileFacet', `${name} ${hash}`), '@type': 'uco-observable:FileFacet', 'uco-observable:fileName': name, 'uco-observable:sizeInBytes': { '@type': 'xsd:integer', '@value': String(size) } },
      {
        '@id': id('ContentDataFacet', `${name} ${hash}`), '@type': 'uco-observable:ContentDataFacet', 'uco-observable:hash': {
          '@id': id('Hash', `${name} ${hash}`), '@type': 'uco-types:Hash', 'uco-types:hashMethod': 'SHA256', 'uco-types:hashValue': { '@type': 'xsd:hexBinary', '@value': hash },
        },
      },
    ],
  }
}

/** A UUID from the name, in the form of version 5: the same thing has the same id in every run. */
function id(kind: string, name: string): string {
  const hex = sha256(`${kind} ${name}`)
  return `kb:${kind}-${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function reference(thing: Thing): Thing {
  return { '@id': thing['@id'] }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`
}
