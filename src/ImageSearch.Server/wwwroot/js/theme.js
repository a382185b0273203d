// A classic script at the head of the page: the theme is set before anything is painted.
{
  const chosen = localStorage.getItem('theme');
  if (chosen === 'dark' || chosen === 'light') {
    document.documentElement.dataset.theme = chosen;
  }
}
