# Renders a job's templates as a Director does: properties with the defaults of the spec, links, ERB with trim mode "-".
# Reads {"job": folder, "properties": {…}, "links": {…}} from standard input, prints {destination: text or {"error": …}}.
require 'erb'
require 'json'
require 'yaml'

class Scope
  def initialize(properties, links = {})
    @properties = properties
    @links = links
  end

  def p(name)
    value = name.split('.').reduce(@properties) { |found, key| found.is_a?(Hash) ? found[key] : nil }
    raise "Can't find property '#{name}'" if value.nil?

    value
  end

  def if_link(name)
    yield Scope.new(@links[name]) if @links.key?(name)
  end

  def context
    binding
  end
end

def merge(into, from)
  into.merge(from) { |_, a, b| a.is_a?(Hash) && b.is_a?(Hash) ? merge(a, b) : b }
end

asked = JSON.parse($stdin.read)
spec = YAML.load_file(File.join(asked['job'], 'spec'))
defaults = spec['properties'].reduce({}) do |all, (name, property)|
  merge(all, name.split('.').reverse.reduce(property['default']) { |value, key| { key => value } })
end
unknown = asked['properties'].keys - defaults.keys
raise "not in the spec: #{unknown}" unless unknown.empty?

rendered = spec['templates'].to_h do |source, destination|
  template = File.read(File.join(asked['job'], 'templates', source))
  scope = Scope.new(merge(defaults, asked['properties']), asked['links'])
  text = ERB.new(template, trim_mode: '-').result(scope.context)
  [destination, text]
rescue StandardError => e
  [destination, { 'error' => e.message }]
end
puts JSON.generate(rendered)
