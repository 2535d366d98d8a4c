# frozen_string_literal: true

# Renders templates of BOSH jobs as the Director does (bosh, src/bosh-template): ERB with trim mode "-", and properties with
# the defaults of the job's spec. Reads {job => {"files": {path => text}, "cases": {title => {"properties", "links"}}}} as JSON,
# paths from the job's folder; prints {job => {template => {title => {"text"} or {"error"}}}}.
# Without cases a job is rendered with its defaults, without its links, and with each property set. Then a property that has no
# default and that a template can't do without is given a sample, as a manifest would have to, and so is all that a link is asked.

require 'erb'
require 'json'
require 'ostruct'
require 'yaml'

UnknownProperty = Class.new(StandardError) do
  attr_reader :name

  def initialize(name)
    super("Can't find property '#{name}'")
    @name = name
  end
end

# What `if_p` and `if_link` give, for `.else` and `.else_if_p`.
Taken = Struct.new(:context) do
  def else; end

  def else_if_p(*) = self
end
Skipped = Struct.new(:context) do
  def else = yield

  def else_if_p(*names, &block) = context.if_p(*names, &block)
end

module Lookup
  def p(names, *default)
    Array(names).each do |name|
      value = find(name)
      return value unless value.nil?
    end
    return default.first unless default.empty?

    raise UnknownProperty, Array(names).first
  end

  def if_p(*names)
    values = names.map { |name| find(name) }
    return Skipped.new(self) if values.any?(&:nil?)

    yield(*values)
    Taken.new(self)
  end

  def find(name) = name.split('.').reduce(@values) { |value, key| value.is_a?(Hash) ? value[key] : nil }
end

class Link
  include Lookup

  attr_reader :instances, :address

  def initialize(values)
    @values = values
    @address = 'link.example.internal'
    @instances = [OpenStruct.new(address: '10.0.0.2', id: 'id-1', index: 0, az: 'z1', name: 'other', bootstrap: true)]
  end
end

# Who provides it is not known here, so that it has whatever is asked of it: as the job's own property of that name is by
# default.
class SampleLink < Link
  def p(names, *default) = super(names, *default, 'sample')
end

class Context
  include Lookup

  attr_reader :spec

  def initialize(values, links)
    @values = values
    @links = links
    @spec = OpenStruct.new(
      ip: '10.0.0.3', address: '10.0.0.3', id: 'id-2', index: 0, az: 'z1', name: 'worker', deployment: 'cfcr',
      bootstrap: true, networks: OpenStruct.new(default: OpenStruct.new(ip: '10.0.0.3'))
    )
  end

  def name = spec.name

  def index = spec.index

  def link(name) = @links.fetch(name) { raise UnknownProperty, "link #{name}" }

  def if_link(name)
    return Skipped.new(self) unless @links.key?(name)

    yield link(name)
    Taken.new(self)
  end

  def render(text) = ERB.new(text, trim_mode: '-').result(binding)
end

# A job's spec: what its properties are, and what it is rendered with where nobody says so.
class Spec
  def initialize(text)
    read = YAML.safe_load(text)
    @definitions = read['properties'] || {}
    @consumes = read['consumes'] || []
    @templates = read['templates'] || {}
  end

  def templates = @templates.keys

  def known?(name) = @definitions.key?(name)

  def sample(name)
    definition = @definitions.fetch(name)
    return definition['example'] if definition.key?('example')
    return { 'ca' => 'ca', 'certificate' => 'certificate', 'private_key' => 'key' } if definition['type'] == 'certificate'

    case definition['default']
    when true, false then !definition['default']
    when Integer then definition['default'] + 1
    when Array, Hash then definition['default']
    else 'sample'
    end
  end

  # What is given, by dotted names, above the defaults; no more than the spec names, as the Director does.
  def values(given)
    @definitions.each_with_object({}) do |(name, definition), values|
      *path, last = name.split('.')
      path.reduce(values) { |holder, key| holder[key] ||= {} }[last] = given.fetch(name, definition['default'])
    end
  end

  # What is given as a manifest has it, by dotted names.
  def given(properties)
    names = @definitions.keys
    given = names.to_h { |name| [name, name.split('.').reduce(properties) { |value, key| value.is_a?(Hash) ? value[key] : nil }] }
    unknown = properties.keys - names.map { |name| name.split('.').first }
    raise ArgumentError, "not in the spec: #{unknown.join(', ')}" unless unknown.empty?

    given.compact
  end

  # Title => properties by dotted names, and links.
  def usual_cases
    links = @consumes.to_h { |one| [one['name'], SampleLink.new(values({}))] }
    cases = { 'with defaults' => [{}, links] }
    cases['without links'] = [{}, {}] if @consumes.all? { |one| one['optional'] }
    @definitions.each_key { |name| cases["with #{name}"] = [{ name => sample(name) }, links] }
    cases
  end
end

def render(spec, text, given, links, samples: false)
  Context.new(spec.values(given), links).render(text)
rescue UnknownProperty => e
  raise if !samples || given.key?(e.name) || !spec.known?(e.name)

  render(spec, text, given.merge(e.name => spec.sample(e.name)), links, samples: samples)
end

def outcome
  { text: yield }
rescue StandardError, SyntaxError => e
  { error: "#{e.class}: #{e.message}" }
end

rendered = JSON.parse($stdin.read).transform_values do |asked|
  files = asked.fetch('files')
  spec = Spec.new(files.fetch('spec'))
  cases = asked['cases']&.transform_values do |one|
    [spec.given(one['properties'] || {}), (one['links'] || {}).transform_values { |values| Link.new(values) }]
  end
  spec.templates.select { |path| files.key?("templates/#{path}") }.to_h do |path|
    texts = (cases || spec.usual_cases).to_h do |title, (given, links)|
      [title, outcome { render(spec, files["templates/#{path}"], given, links, samples: cases.nil?) }]
    end
    [path, texts]
  end
end
puts JSON.generate(rendered)
