# frozen_string_literal: true

# Renders templates of BOSH jobs as the Director does (bosh, src/bosh-template): with what the spec says by default, and with
# each property set. Reads {job => {path => text}} as JSON, path from the job's folder; prints what does not render, as JSON.
# A property without a default that a template can't do without is given a sample, as a manifest would have to.

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

  def find(name)
    @values.fetch(name) { name.split('.').reduce(@values) { |value, key| value.is_a?(Hash) ? value[key] : nil } }
  end
end

# Who provides it is not known here, so that it has whatever is asked of it: as the job's own property of that name is by
# default.
class Link
  include Lookup

  attr_reader :instances, :address

  def p(names, *default) = super(names, *default, 'sample')

  def initialize(values)
    @values = values
    @address = 'link.example.internal'
    @instances = [OpenStruct.new(address: '10.0.0.2', id: 'id-1', index: 0, az: 'z1', name: 'other', bootstrap: true)]
  end
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

  def link(name) = @links.include?(name) ? Link.new(@values) : raise(UnknownProperty, "link #{name}")

  def if_link(name)
    return Skipped.new(self) unless @links.include?(name)

    yield Link.new(@values)
    Taken.new(self)
  end

  def render(text) = ERB.new(text, trim_mode: '-').result(binding)
end

def sample(definition)
  return definition['example'] if definition.key?('example')
  return { 'ca' => 'ca', 'certificate' => 'certificate', 'private_key' => 'key' } if definition['type'] == 'certificate'

  case definition['default']
  when true, false then !definition['default']
  when Integer then definition['default'] + 1
  when Array, Hash then definition['default']
  else 'sample'
  end
end

def render(text, values, links, definitions)
  Context.new(values, links).render(text)
rescue UnknownProperty => e
  raise if values.key?(e.name) || !definitions.key?(e.name)

  render(text, values.merge(e.name => sample(definitions[e.name])), links, definitions)
end

found = JSON.parse($stdin.read).flat_map do |job, files|
  spec = YAML.safe_load(files.fetch('spec'))
  definitions = spec['properties'] || {}
  defaults = definitions.transform_values { |one| one['default'] }.compact
  links = (spec['consumes'] || []).map { |one| one['name'] }
  cases = { 'with defaults' => [defaults, links], 'without links' => [defaults, []] }
  definitions.each { |name, one| cases["with #{name}"] = [defaults.merge(name => sample(one)), links] }
  (spec['templates'] || {}).keys.select { |path| files.key?("templates/#{path}") }.flat_map do |path|
    cases.flat_map do |title, (values, given)|
      next [] if title == 'without links' && (spec['consumes'] || []).any? { |one| !one['optional'] }

      render(files["templates/#{path}"], values, given, definitions)
      []
    rescue StandardError, SyntaxError => e
      [{ job: job, template: path, title: title, error: "#{e.class}: #{e.message}" }]
    end
  end
end
puts JSON.generate(found)
