import js from '@eslint/js'
import tseslint from 'typescript-eslint'
import prettier from 'eslint-config-prettier'

const edges = ['src/cli/main.ts', 'src/task/main.ts']

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'out/',
      'coverage/',
      '.causeway/',
      'node_modules/',
      'test/golden/',
      'test/fixtures/',
      '**/*.generated.ts'
    ]
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true }
    },
    rules: {
      // A number or a boolean in a message reads well and cannot be misprinted.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true }
      ],
      // One-line arrows that only call something are clearer without braces.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Implementing an async interface without waiting for anything is no mistake.
      '@typescript-eslint/require-await': 'off',
      // A task without inputs has an empty map of them, and types that are made of it are empty too.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-restricted-globals': ['error', 'console']
    }
  },
  {
    // These belong to no project of TypeScript.
    files: ['scripts/*.mjs', '*.js', '.*.js', '*.config.ts'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      ...tseslint.configs.disableTypeChecked.languageOptions,
      globals: { process: 'readonly', console: 'readonly', performance: 'readonly', URL: 'readonly' }
    }
  },
  { files: ['scripts/*.mjs'], rules: { 'no-restricted-globals': 'off' } },
  { files: edges, rules: { 'no-restricted-globals': 'off' } },
  prettier
)
