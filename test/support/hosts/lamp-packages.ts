/** What the recipes of the example LAMP install. */
export const lampPackages = ['apache2', 'libapache2-mod-jk', 'tomcat10', 'libmariadb-java', 'mariadb-server'] as const;
