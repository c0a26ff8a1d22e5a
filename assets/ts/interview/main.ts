void import('./editor.ts');
