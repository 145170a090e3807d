<%@ page contentType="text/html; charset=UTF-8" pageEncoding="UTF-8" session="false"
    import="java.net.*, java.sql.*, java.util.*, javax.naming.InitialContext, javax.sql.DataSource" %>
<%!
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String thisMachine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "a machine without a name";
        }
    }

    private static void write(Connection connection, String text) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO entry (text) VALUES (?)")) {
            insert.setString(1, text.substring(0, Math.min(text.length(), 200)));
            insert.executeUpdate();
        }
    }

    /** The text and the time of each entry, the latest first. */
    private static List<String[]> entries(Connection connection) throws SQLException {
        List<String[]> entries = new ArrayList<>();
        try (Statement query = connection.createStatement();
             ResultSet rows = query.executeQuery("SELECT text, DATE_FORMAT(written, '%Y-%m-%d %H:%i') FROM entry ORDER BY id DESC LIMIT 50")) {
            while (rows.next()) entries.add(new String[] {rows.getString(1), rows.getString(2)});
        }
        return entries;
    }
%>
<%
    response.setHeader("X-Placing", application.getInitParameter("placing"));
    request.setCharacterEncoding("UTF-8");
    String text = "POST".equals(request.getMethod()) ? request.getParameter("entry") : null;
    List<String[]> entries = List.of();
    String database = "";
    try {
        DataSource source = (DataSource) new InitialContext().lookup("java:comp/env/jdbc/guestbook");
        try (Connection connection = source.getConnection()) {
            if (text != null && !text.isBlank()) {
                write(connection, text);
                response.sendRedirect("./");
                return;
            }
            entries = entries(connection);
            DatabaseMetaData about = connection.getMetaData();
            database = "MariaDB " + about.getDatabaseProductVersion().split("-")[0] + " on " + URI.create(about.getURL().substring(5)).getHost();
        }
    } catch (SQLException unreachable) {
        // Apache asks the next Tomcat then.
        log("the database does not answer", unreachable);
        response.sendError(503, "The database does not answer: " + unreachable.getMessage());
        return;
    }
%>
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width">
<title>Guest book</title>
<style>
    body { max-width: 38rem; margin: 3rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #1f2933; }
    form { display: flex; gap: .5rem; }
    input { flex: 1; }
    input, button { font: inherit; padding: .4rem .6rem; }
    ul { list-style: none; padding: 0; }
    li { padding: .6rem 0; border-bottom: 1px solid #d9e2ec; }
    small, footer { color: #52606d; }
    small { display: block; }
</style>
</head>
<body>
<h1>Guest book</h1>
<form method="post"><input name="entry" maxlength="200" required aria-label="Your entry" placeholder="Your entry"> <button>Sign</button></form>
<ul>
<% for (String[] entry : entries) { %>
<li><%= escaped(entry[0]) %><small><%= escaped(entry[1]) %></small></li>
<% } %>
</ul>
<footer>Answered by Tomcat on <%= escaped(thisMachine()) %>; the entries come from <%= escaped(database) %>.</footer>
</body>
</html>
